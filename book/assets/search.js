// On the page of the search: `Eq. 15`, `equation 15` and `eq (15)` are what the index calls `Eq. (15)`; and an excerpt
// says what stands where the link leads, its formulas once and in plain letters.
(() => {
  "use strict";
  // biome-ignore lint/correctness/noUndeclaredVariables: Sphinx's
  const sphinx = Search;
  const LENGTH = 260, BEFORE = 100;

  // A function comes after the pages: Sphinx would show each whose name has the word before them.
  Object.assign(globalThis.Scorer, { objPrio: {}, objPartialMatch: 1 });

  const parse = sphinx._parseQuery;
  let asked = "";
  sphinx._parseQuery = (query) => {
    const meant = query.trim().replace(/^eq(?:uation|\.)?\s*\(?([A-Z]?\.?\d+[a-z]?)\)?$/i, "Eq. ($1)");
    asked = meant.toLowerCase();
    const [, ...terms] = parse(query);
    return [meant, ...terms];
  };

  // First what is asked for exactly, then pages with it in their title, then titles of sections and longer entries. An
  // entry of the glossary is called by its term. The best result is the last.
  const perform = sphinx._performSearch;
  sphinx._performSearch = (...given) => {
    const results = perform(...given), terms = {};
    for (const [term, places] of Object.entries(sphinx._index.indexentries))
      for (const [, anchor] of places) if (anchor.startsWith("term-")) terms[`#${anchor}`] = term;
    const whole = new RegExp(`(?<!\\w)${asked.replace(/\W/g, "\\$&")}(?!\\w)`, "i");
    for (const result of results) {
      const [, title, anchor, , score] = result;
      if (!anchor && whole.test(title)) result[4] += 20;
      else if (score >= 50 && score < 100) result[4] /= 7;
      if (terms[anchor]) result[1] += ` > ${terms[anchor]}`;
    }
    return results.sort((a, b) => a[4] - b[4]);
  };

  // A formula in plain letters, from its MathML: a fraction with a stroke, an index after a low line.
  const group = (text) => (/^[\p{Letter}\p{Number}∗⊤]*$/u.test(text) || /^\(.*\)$/.test(text) ? text : `(${text})`);
  const plain = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    const parts = [...node.childNodes].map(plain), [a, b, c] = parts;
    switch (node.localName) {
      case "mfrac": return `${group(a)}/${group(b)}`;
      case "msup": return `${a}^${group(b)}`;
      case "msub": return `${a}_${group(b)}`;
      case "msubsup": return `${a}_${group(b)}^${group(c)}`;
      case "msqrt": return `√${group(parts.join(""))}`;
      case "mtable": case "mtr": return parts.join(" ");
      case "annotation": return "";
      default: return parts.join("");
    }
  };
  const words = (...nodes) => nodes.filter(Boolean).map((node) => node.textContent).join(" ").replace(/\s+/g, " ").trim();

  const read = (html) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    const without = "script, style, .headerlink, .symbols, details.uses, .mml-eqn-num";  // who asks for a number knows it
    for (const none of page.querySelectorAll(without)) none.remove();
    for (const formula of page.querySelectorAll(".katex")) {
      const math = formula.querySelector("math");
      if (math) formula.replaceWith(plain(math));
    }
    return page;
  };
  // What stands at an anchor: a definition, a row of a table, an equation with the words around it, a section.
  const at = (place) => {
    const row = place.closest("tr"), term = place.closest("dt"), formula = place.closest(".math");
    if (row) return [...row.cells].map((cell) => words(cell)).filter(Boolean).join(" · ");
    if (term) return words(term.parentElement.querySelector(`#${CSS.escape(term.id)} ~ dd`));
    if (formula) return words(formula.previousElementSibling, formula, formula.nextElementSibling);
    if (!place.textContent.trim()) return words(place.nextElementSibling, place.nextElementSibling?.nextElementSibling);
    return words(place);
  };

  const excerpt = (html, keywords, anchor) => {
    const page = read(html), place = anchor && page.getElementById(anchor.slice(1));
    const looked = (text) => {
      const lower = text.toLowerCase();
      return [asked, ...keywords].map((word) => lower.indexOf(word.toLowerCase())).find((where) => where >= 0);
    };
    const said = () => (place ? at(place) : words(page.querySelector("article")));
    const whole = said();
    for (const code of page.querySelectorAll(".cell_input")) code.remove();  // prose before code
    const prose = said(), text = looked(prose) === undefined ? whole : prose;
    const found = looked(text) ?? 0;
    const start = found > LENGTH - BEFORE ? text.indexOf(" ", found - BEFORE) + 1 : 0;
    const end = text.length > start + LENGTH ? text.lastIndexOf(" ", start + LENGTH) : text.length;
    return (start ? "… " : "") + text.slice(start, end) + (end < text.length ? " …" : "");
  };
  sphinx.makeSearchSummary = (html, keywords, anchor) => {
    const text = excerpt(html, keywords, anchor);
    return text ? Object.assign(document.createElement("p"), { className: "context", textContent: text }) : null;
  };
})();
