/* Drafts of forms on this telephone or computer: words in localStorage, files in IndexedDB, each person's under a name that only
   their own pages know and sealed by a key that only those are told. What is a week old goes by itself; signing out takes all
   of one's own along. Where the connection is not a safe one the browser seals nothing: then the form says what may be kept. */
(function () {
  "use strict";
  const BEGIN = "luoshi.draft/", STORE = "files", WEEK = 7 * 24 * 3600 * 1000, PATIENCE = 1500;
  const subtle = window.crypto && window.crypto.subtle;

  function place(owner, key) { return BEGIN + owner + "/" + key; }

  function database() {
    return new Promise(function (done, failed) {
      const asked = window.indexedDB.open("luoshi", 1);
      asked.onupgradeneeded = function () { asked.result.createObjectStore(STORE); };
      asked.onsuccess = function () { done(asked.result); };
      asked.onerror = function () { failed(asked.error); };
    });
  }

  function inStore(mode, act) {
    return database().then(function (opened) {
      return new Promise(function (done, failed) {
        const held = opened.transaction(STORE, mode), asked = act(held.objectStore(STORE));
        held.oncomplete = function () { opened.close(); done(asked.result); };
        held.onabort = held.onerror = function () { opened.close(); failed(held.error); };
      });
    });
  }

  function under(begin) { return window.IDBKeyRange.bound(begin, begin + "\uffff"); }

  function keyOf(seal) {
    const raw = Uint8Array.from(seal.match(/../g), function (pair) { return parseInt(pair, 16); });
    return subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
  }

  function sealed(seal, bytes) {
    if (!subtle) { return Promise.resolve(bytes); }
    const chance = window.crypto.getRandomValues(new Uint8Array(12));
    return keyOf(seal).then(function (key) {
      return subtle.encrypt({ name: "AES-GCM", iv: chance }, key, bytes);
    }).then(function (made) {
      const told = new Uint8Array(12 + made.byteLength);
      told.set(chance);
      told.set(new Uint8Array(made), 12);
      return told.buffer;
    });
  }

  function opened(seal, held) {
    if (!subtle) { return Promise.resolve(held); }
    return keyOf(seal).then(function (key) {
      return subtle.decrypt({ name: "AES-GCM", iv: new Uint8Array(held, 0, 12) }, key, new Uint8Array(held, 12));
    });
  }

  function asText(bytes) {
    const all = new Uint8Array(bytes);
    let told = "";
    for (let at = 0; at < all.length; at += 8192) { told += String.fromCharCode.apply(null, all.subarray(at, at + 8192)); }
    return window.btoa(told);
  }

  function asBytes(text) { return Uint8Array.from(window.atob(text), function (one) { return one.charCodeAt(0); }).buffer; }

  function bytesOf(blob) { return new window.Response(blob).arrayBuffer(); }

  /* Keep what was typed; `told` is anything JSON holds. */
  function keep(whose, told) {
    const bytes = new window.TextEncoder().encode(JSON.stringify(told)).buffer;
    return sealed(whose.seal, bytes).then(function (made) {
      window.localStorage.setItem(place(whose.owner, whose.key), JSON.stringify({ at: Date.now(), held: asText(made) }));
    });
  }

  function found(whose) {
    const kept = window.localStorage.getItem(place(whose.owner, whose.key));
    if (!kept) { return Promise.resolve(null); }
    return opened(whose.seal, asBytes(JSON.parse(kept).held)).then(function (bytes) {
      return JSON.parse(new window.TextDecoder().decode(bytes));
    });
  }

  function keepFile(whose, name, blob) {
    return bytesOf(blob).then(function (bytes) { return sealed(whose.seal, bytes); }).then(function (made) {
      return inStore("readwrite", function (store) { return store.put(made, place(whose.owner, whose.key) + "/" + name); });
    });
  }

  function foundFile(whose, name) {
    return inStore("readonly", function (store) { return store.get(place(whose.owner, whose.key) + "/" + name); })
      .then(function (held) { return held ? opened(whose.seal, held) : null; });
  }

  function dropFile(whose, name) {
    return inStore("readwrite", function (store) { return store.delete(place(whose.owner, whose.key) + "/" + name); });
  }

  function dropUnder(begin) {
    Object.keys(window.localStorage).forEach(function (one) {
      if (one === begin || one.indexOf(begin + "/") === 0) { window.localStorage.removeItem(one); }
    });
    return inStore("readwrite", function (store) { return store.delete(under(begin + "/")); });
  }

  function drop(whose) { return dropUnder(place(whose.owner, whose.key)); }

  function old() {
    Object.keys(window.localStorage).filter(function (one) { return one.indexOf(BEGIN) === 0; }).forEach(function (one) {
      let at = 0;
      try { at = JSON.parse(window.localStorage.getItem(one)).at; } catch (fault) { at = 0; }
      if (!(Date.now() - at < WEEK)) { dropUnder(one).catch(function () {}); }
    });
  }

  window.luoshiDrafts = {
    safe: Boolean(subtle), keep: keep, found: found, keepFile: keepFile, foundFile: foundFile, dropFile: dropFile, drop: drop
  };

  try { old(); } catch (fault) { /* a browser that keeps nothing */ }

  Array.prototype.forEach.call(document.querySelectorAll("form[data-forget]"), function (form) {
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      const late = new Promise(function (done) { window.setTimeout(done, PATIENCE); });
      let gone = late;
      try { gone = dropUnder(BEGIN + form.dataset.forget).catch(function () {}); } catch (fault) { gone = Promise.resolve(); }
      Promise.race([gone, late]).then(function () { form.submit(); });
    });
  });
}());
