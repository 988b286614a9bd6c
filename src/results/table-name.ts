/** File name without extension, such as `indicator_county+support_group`; signs that no file name may hold become %XX. */
export function tableName(table: string, by: readonly string[]): string {
  if (by.length === 0) return table;
  const safe = (name: string): string =>
    name.replace(/[%/\\:*?"<>|\u0000-\u001f]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
  return `${table}_${by.map(safe).join('+')}`;
}
