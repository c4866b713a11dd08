"use strict";
document.querySelectorAll("table").forEach(table => {
  const body = table.tBodies[0], heads = Array.from(table.tHead.rows[0].cells);
  const compare = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") !== "ascending";
      heads.forEach(other => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      const key = row => row.cells[column].dataset.v ?? row.cells[column].textContent;
      const isNumber = head.classList.contains("n");
      const rows = Array.from(body.rows, row => [key(row), row]);
      rows.sort(([a], [b]) => a === "" || b === "" ? (a === "") - (b === "")
        : (isNumber ? a - b : compare(a, b)) * (up ? 1 : -1));
      body.append(...rows.map(([, row]) => row));
    });
  });
});
if (matchMedia("(max-width: 43rem)").matches) document.querySelector("nav details").open = false;
