// Formulas as HTML and, for ears, MathML: node formulas.js KATEX, where KATEX is the path of katex.js.
// In comes JSON, [[tex, whether it is displayed], ...]; out comes, in that order, [{ html } or { error }, ...].
const { readFileSync } = require("node:fs");
const katex = require(process.argv[2]);

// What KaTeX takes and LaTeX would not is an error too: JupyterLab shows the same formulas with MathJax.
const rendered = ([tex, displayMode]) => {
  try {
    return { html: katex.renderToString(tex, { displayMode, strict: "error" }) };
  } catch (error) {
    return { error: error.message };
  }
};
process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(rendered)));
