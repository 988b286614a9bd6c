/** Of labels: levels, groups and what names them. */
export const labels = {
  'data.half-numbers': ({ column, found, listed, text }: { column: string; found: string; listed: string; text: string }) =>
    `Column ${column} holds ${JSON.stringify(found)}, which is the listed group ${JSON.stringify(listed)} only as a number; but ${JSON.stringify(text)} stands there too, so that its labels are text and ${JSON.stringify(found)} is a group of its own. Write the labels alike, or list ${JSON.stringify(found)} in separateBy.`,
  'spec.same-number-listed': ({ column, labels: [one, other] }: { column: string; labels: readonly [string, string] }) =>
    `separateBy lists ${JSON.stringify(one)} and ${JSON.stringify(other)}, and ${column} is a column of numbers, where they are one group. Leave one of them out.`,
  'data.numbers-apart': ({ column, labels: [one, other], text }: { column: string; labels: readonly [string, string]; text: string }) =>
    `Column ${column} holds ${JSON.stringify(one)} and ${JSON.stringify(other)}, which are one number, and ${JSON.stringify(text)}, so that its labels are text and the two are apart. Rows are described as they are read, and were counted together: write the labels alike.`,
};
