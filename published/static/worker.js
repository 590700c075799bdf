// Serves kept dossiers, and the list of them, when the desk is away. Everything else goes to the desk.
"use strict";

const SHELL = "onrecord-shell-1";
const FILES = ["/kept", "/static/desk.css", "/static/desk.js", "/static/htmx-2.0.11.min.js", "/static/icon.svg"];

self.addEventListener("install", (event) => event.waitUntil(caches.open(SHELL).then((store) => store.addAll(FILES))));
self.addEventListener("fetch", (event) => {
  if (event.request.method !== "GET") return;
  event.respondWith(fetch(event.request).catch(async () => (await caches.match(event.request, { ignoreVary: true })) || Response.error()));
});
