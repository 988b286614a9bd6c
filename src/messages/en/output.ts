/** Of where results go. */
export const output = {
  'output.cannot-write': ({ out, reason }: { out: string; reason: string }) =>
    `Cannot write to ${out} (${reason}); give --out a folder that can be written, with room on its disk.`,
  'output.is-file': ({ out }: { out: string }) => `${out} is a file; give --out a folder.`,
  'output.under-file': ({ out, file }: { out: string; file: string }) => `${out} cannot be made, since ${file} is a file; give --out another folder.`,
  'output.holds-working-directory': ({ out }: { out: string }) => `${out} holds the working directory; give --out a folder of its own.`,
  'output.not-empty': ({ out, held }: { out: string; held: number }) =>
    `${out} holds ${held} ${held === 1 ? 'file or folder' : 'files or folders'}; give --force to replace it with all it holds, or another folder.`,
  'output.synthetic': ({ reason }: { reason: string }) => `The synthetic population cannot be written: ${reason}`,
  'output.cannot-print': ({ reason }: { reason: string }) =>
    `Standard output cannot be written (${reason}). Files in --out are complete.`,
};
