
"use strict";
// Every page reads without this script: it remembers the language, and narrows the rankings.
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

  const filters = document.getElementById("filters");
  if (!filters) return;
  filters.hidden = false;
  const rows = [...document.querySelectorAll("table.ranking tbody tr")];
  const texts = rows.map((row) => row.textContent.toLowerCase());
  const word = filters.querySelector('input[type="search"]');
  const selects = [...filters.querySelectorAll("select")];
  const count = filters.querySelector("output");
  const narrow = () => {
    const wanted = word.value.trim().toLowerCase();
    let shown = 0;
    rows.forEach((row, place) => {
      const fits = texts[place].includes(wanted)
        && selects.every((select) => !select.value || row.dataset[select.name] === select.value);
      row.hidden = !fits;
      shown += fits;
    });
    count.textContent = `${shown} / ${rows.length}`;
  };
  for (const control of [word, ...selects]) control.addEventListener("input", narrow);
  narrow();
})();
