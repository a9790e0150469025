// A page on paper is light, whatever the screen is, and shows the solutions that the reader has opened. The menu of the
// download button opens them all, or closes them.
(() => {
  "use strict";
  const page = document.documentElement;
  let theme = "";
  const toPaper = () => {
    theme ||= page.dataset.theme;
    page.dataset.theme = "light";
  };
  const toScreen = () => {
    if (theme) page.dataset.theme = theme;
    theme = "";
  };
  addEventListener("beforeprint", toPaper);
  addEventListener("afterprint", toScreen);
  matchMedia("print").addEventListener("change", ({ matches }) => (matches ? toPaper() : toScreen()));

  addEventListener("DOMContentLoaded", () => {
    const solutions = [...document.querySelectorAll("details.solution")];
    const menu = document.querySelector(".dropdown-download-buttons .dropdown-menu");
    if (!menu || solutions.length === 0) return;
    const box = Object.assign(document.createElement("input"), { type: "checkbox", className: "me-2" });
    const label = Object.assign(document.createElement("label"), { className: "dropdown-item with-solutions" });
    label.append(box, "with solutions");
    const item = document.createElement("li");
    item.append(label);
    menu.append(item);
    box.addEventListener("change", () => { for (const one of solutions) one.open = box.checked; });
    label.addEventListener("click", (event) => event.stopPropagation());  // the menu stays open
    const look = () => { box.checked = solutions.every((one) => one.open); };
    for (const one of solutions) one.addEventListener("toggle", look);
  });
})();
