// lm and glm(probit) in webR, the same for Node and a page.
export const outcomes = ['atid3', 'atid12', 'jobb3', 'jobb12'];

/**
 * Rounds of all four outcomes in `webR`. `read(name)` gives a file of the codes as bytes, `list(outcome)` the names of an
 * outcome's files, `around(run)` may measure a call; `print` takes JSON lines.
 */
export async function rounds(webR, { source, list, read, count, print, around = async (run) => ({ text: await run() }) }) {
  await webR.evalRVoid(source);
  print(JSON.stringify({ version: `${webR.version}, R ${webR.versionR}` }));
  await webR.FS.mkdir('/codes');
  for (const outcome of outcomes) {
    await webR.FS.mkdir(`/codes/${outcome}`);
    for (const name of await list(outcome)) await webR.FS.writeFile(`/codes/${outcome}/${name}`, await read(`${outcome}/${name}`));
  }
  for (let round = 0; round < count; round++) {
    for (const outcome of outcomes) {
      await webR.evalRVoid(`data <- read_codes("/codes/${outcome}"); invisible(gc())`);
      const { text, cpuSeconds = null } = await around(() => webR.evalRString(`fit_lm_glm(data, "${outcome}")`));
      print(JSON.stringify({ ...JSON.parse(text), cpuSeconds }));
    }
  }
}
