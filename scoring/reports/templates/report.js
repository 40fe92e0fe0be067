
"use strict";
// Every page reads without this script: it remembers the language, folds, and narrows the rankings.
(() => {
  const store = {
    get() { try { return localStorage.getItem("waiwen-language"); } catch { return null; } },
    set(id) { try { localStorage.setItem("waiwen-language", id); } catch { /* private window */ } },
  };
  const choices = [...document.querySelectorAll('input[name="language"]')];
  const choose = (radio) => {
    radio.checked = true;
    document.documentElement.lang = radio.id === "lang-zh" ? "zh-Hans" : "en";
  };
  const first = store.get() || (/^zh/i.test(navigator.language) ? "lang-zh" : "lang-en");
  const known = choices.find((radio) => radio.id === first);
  if (known) choose(known);
  for (const radio of choices) radio.addEventListener("change", () => { choose(radio); store.set(radio.id); });

  // A scorecard's parts stand open: without this script, in print, and where there is room. On a phone they are folded.
  const folds = [...document.querySelectorAll("details.fold")];
  const reveal = () => {
    const target = document.getElementById(location.hash.slice(1));
    if (!target) return;
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    target.scrollIntoView();
  };
  if (matchMedia("(max-width: 40rem)").matches) for (const fold of folds) fold.open = false;
  reveal();
  addEventListener("hashchange", reveal);
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = folds.filter((fold) => !fold.open);
    for (const fold of opened) fold.open = true;
  });
  addEventListener("afterprint", () => { for (const fold of opened) fold.open = false; });

  const filters = document.getElementById("filters");
  if (!filters) return;
  filters.hidden = false;
  const rows = [...document.querySelectorAll("table.ranking tbody tr")];
  const texts = rows.map((row) => row.textContent.toLowerCase());
  const word = filters.querySelector('input[type="search"]');
  const selects = [...filters.querySelectorAll("select")];
  const counts = filters.querySelectorAll("output b");
  const narrow = () => {
    const wanted = word.value.trim().toLowerCase();
    let shown = 0;
    rows.forEach((row, place) => {
      const fits = texts[place].includes(wanted)
        && selects.every((select) => !select.value || row.dataset[select.name] === select.value);
      row.hidden = !fits;
      shown += fits;
    });
    for (const count of counts) count.textContent = `${shown} / ${rows.length}`;
  };
  for (const control of [word, ...selects]) control.addEventListener("input", narrow);
  narrow();
})();
