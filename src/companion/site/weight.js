// Style sheets without the rules that no page can use: node weight.js PURGECSS SITE.
// In comes JSON, the paths of style sheets; out comes, in that order, what stays of each. A rule stays when each class,
// tag and id in its selector is a word in a page or a script of SITE: so what a script may yet set, stays too.
const { readFileSync } = require("node:fs");
const { PurgeCSS } = require(process.argv[2]);

const content = ["html", "js"].map((kind) => `${process.argv[3]}/**/*.${kind}`);
new PurgeCSS().purge({ content, css: JSON.parse(readFileSync(0, "utf8")) }).then((sheets) =>
  process.stdout.write(JSON.stringify(sheets.map(({ css }) => css))));
