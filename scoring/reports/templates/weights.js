// Totals and ranks under other weights of the categories. Works on the table's own figures; asks nobody for anything.
"use strict";
(() => {
  const sliders = [...document.querySelectorAll("input[type=range]")];
  const bodies = [...document.querySelectorAll("tbody[data-cohort]")];
  const base = sliders.map((slider) => Number(slider.defaultValue));
  const settled = (value) => Math.round(value * 1e9) / 1e9;
  const shown = (value) => (Math.round(settled(value * 100)) / 100).toFixed(2);
  const numbers = (text) => text.split(",").map((part) => (part === "" ? null : Number(part)));

  // A cohort's own weights change in the proportion in which a slider left the rule file's.
  function weightsOf(body, values) {
    return numbers(body.dataset.weights).map((own, place) => (base[place] > 0 ? ((own ?? 0) * values[place]) / base[place] : values[place]));
  }

  function total(row, weights, opens) {
    let earned = 0, possible = 0;
    numbers(row.dataset.scores).forEach((score, place) => {
      if (score === null) return;
      earned += score * weights[place];
      possible += weights[place];
    });
    if (possible <= 0) return null;
    const mean = earned / possible;
    return settled(mean) >= opens ? Math.min(100, mean + Number(row.dataset.bonus)) : mean;
  }

  function show() {
    const weights = sliders.map((slider) => Number(slider.value));
    const sum = weights.reduce((one, other) => one + other, 0);
    sliders.forEach((slider, place) => {
      const share = sum > 0 ? (100 * weights[place]) / sum : 0;
      document.getElementById(slider.id + "-share").textContent = share.toFixed(1) + " %";
    });
    for (const body of bodies) {
      const own = weightsOf(body, weights);
      const rows = [...body.rows].map((row) => ({ row, total: total(row, own, Number(body.dataset.opens)) }));
      rows.sort((one, other) => (other.total ?? -1) - (one.total ?? -1) || (one.row.id < other.row.id ? -1 : 1));
      for (const { row, total: own } of rows) {
        const ahead = rows.filter((other) => settled(other.total ?? -1) > settled(own ?? -1)).length;
        const moved = Number(row.dataset.rank) - (ahead + 1);
        row.querySelector(".new-rank").textContent = own === null ? "–" : String(ahead + 1);
        row.querySelector(".new-total").textContent = own === null ? "–" : shown(own);
        row.querySelector(".moved").textContent = own === null || moved === 0 ? "" : (moved > 0 ? "▲ " : "▼ ") + Math.abs(moved);
        body.append(row);
      }
    }
  }

  sliders.forEach((slider) => slider.addEventListener("input", show));
  document.getElementById("reset").addEventListener("click", () => {
    sliders.forEach((slider) => { slider.value = slider.defaultValue; });
    show();
  });
  document.body.classList.add("scripted");
  show();
})();
