// Totals and ranks under other weights of the categories. Works on the table's own figures; asks nobody for anything.
"use strict";
(() => {
  const sliders = [...document.querySelectorAll("input[type=range]")];
  const bodies = [...document.querySelectorAll("tbody[data-cohort]")];
  const settled = (value) => Math.round(value * 1e9) / 1e9;
  const numbers = (text) => text.split(",").map((part) => (part === "" ? null : Number(part)));

  function total(row, weights) {
    let earned = 0, possible = 0;
    numbers(row.dataset.scores).forEach((score, place) => {
      if (score === null) return;
      earned += score * weights[place];
      possible += weights[place];
    });
    return possible > 0 ? Math.min(100, earned / possible + Number(row.dataset.bonus)) : null;
  }

  function show() {
    const weights = sliders.map((slider) => Number(slider.value));
    const sum = weights.reduce((one, other) => one + other, 0);
    sliders.forEach((slider, place) => {
      const share = sum > 0 ? (100 * weights[place]) / sum : 0;
      document.getElementById(slider.id + "-share").textContent = share.toFixed(1) + " %";
    });
    for (const body of bodies) {
      const rows = [...body.rows].map((row) => ({ row, total: total(row, weights) }));
      rows.sort((one, other) => (other.total ?? -1) - (one.total ?? -1) || (one.row.id < other.row.id ? -1 : 1));
      for (const { row, total: own } of rows) {
        const ahead = rows.filter((other) => settled(other.total ?? -1) > settled(own ?? -1)).length;
        const moved = Number(row.dataset.rank) - (ahead + 1);
        row.querySelector(".new-rank").textContent = own === null ? "–" : String(ahead + 1);
        row.querySelector(".new-total").textContent = own === null ? "–" : own.toFixed(2);
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
