import { counted, listed } from '../words.ts';

/** Of where results go. */
export const output = {
  'output.cannot-write': ({ out, reason }: { out: string; reason: string }) =>
    `Cannot write to ${out} (${reason}); give --out a folder that can be written, with room on its disk.`,
  'output.is-file': ({ out }: { out: string }) => `${out} is a file; give --out a folder.`,
  'output.under-file': ({ out, file }: { out: string; file: string }) => `${out} cannot be made, since ${file} is a file; give --out another folder.`,
  'output.holds-working-directory': ({ out }: { out: string }) => `${out} holds the working directory; give --out a folder of its own.`,
  'output.not-empty': ({ out, held }: { out: string; held: number }) =>
    `${out} holds ${counted(held, 'file or folder', 'files or folders')}; give --force to replace results of an earlier run, or another folder.`,
  'output.holds-others': ({ out, others, first }: { out: string; others: number; first: readonly string[] }) =>
    `${out} holds ${counted(others, 'file or folder', 'files or folders')} that no earlier run wrote (${listed(first, others)}); --force replaces results alone. Move what is yours, or give another folder.`,
  'output.mount-point': ({ out }: { out: string }) => `${out} is the top of a disk of its own, which no finished folder can take the place of; give --out a folder in it.`,
  'output.synthetic': ({ reason }: { reason: string }) => `The synthetic population cannot be written: ${reason}`,
  'output.cannot-print': ({ reason }: { reason: string }) =>
    `Standard output cannot be written (${reason}). Files in --out are complete.`,
};
