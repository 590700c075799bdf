// What feels better with a script: keys, a slider that answers at once, dossiers kept in the browser. The desk works without it.
"use strict";

const rows = () => [...document.querySelectorAll("[data-row]")];
const keysOn = () => localStorage.getItem("onrecord-keys") !== "off";

function step(by) {
  const all = rows();
  if (!all.length) return;
  const now = all.findIndex((row) => row.classList.contains("at"));
  const next = Math.min(Math.max(now + by, 0), all.length - 1);
  if (now >= 0) all[now].classList.remove("at");
  all[next].classList.add("at");
  all[next].scrollIntoView({ block: "nearest" });
  const link = all[next].querySelector("a");
  if (link) link.focus({ preventScroll: true });
}

function typing(target) {
  return target instanceof Element && target.closest("input, select, textarea, [contenteditable]") !== null;
}

document.addEventListener("keydown", (event) => {
  if (!keysOn() || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const help = document.getElementById("help");
  if (event.key === "/") { event.preventDefault(); document.getElementById("q").focus(); }
  else if (event.key === "j") step(1);
  else if (event.key === "k") step(-1);
  else if (event.key === "o") { const at = document.querySelector("[data-row].at a"); if (at) at.click(); }
  else if (event.key === "?") help.open ? help.close() : help.showModal();
});

function arm() {
  const keys = document.getElementById("keys");
  if (keys && keys.hidden) {
    keys.hidden = false;
    keys.addEventListener("click", () => document.getElementById("help").showModal());
    const box = document.getElementById("keys-on");
    box.checked = keysOn();
    box.addEventListener("change", () => localStorage.setItem("onrecord-keys", box.checked ? "on" : "off"));
  }
  for (const button of document.querySelectorAll("[data-keep]")) {
    if (!("caches" in window)) continue;
    button.hidden = false;
    button.onclick = () => keep(button);
  }
  list();
}

async function keep(button) {
  const store = await caches.open("onrecord-kept");
  await store.add(button.dataset.keep);
  const kept = JSON.parse(localStorage.getItem("onrecord-kept") || "{}");
  kept[button.dataset.keep] = button.dataset.title;
  localStorage.setItem("onrecord-kept", JSON.stringify(kept));
  button.textContent = "Kept";
}

function list() {
  const place = document.getElementById("kept");
  const kept = Object.entries(JSON.parse(localStorage.getItem("onrecord-kept") || "{}"));
  if (!place || !kept.length) return;
  place.replaceChildren(...kept.map(([address, title]) => {
    const row = document.createElement("li");
    const link = document.createElement("a");
    row.className = "row";
    link.href = address;
    link.textContent = title;
    row.append(link);
    return row;
  }));
}

document.addEventListener("DOMContentLoaded", arm);
document.addEventListener("htmx:afterSwap", arm);
if ("serviceWorker" in navigator) navigator.serviceWorker.register("/worker.js").catch(() => {});
