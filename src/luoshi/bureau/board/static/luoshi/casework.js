/* The form of a case on a telephone in the yard. Without this file it is a form like any other; here fields that hang on another
   come and go with it, photographs are made small and lose the place they were taken at, a draft outlives a lost line, a closed
   page and a sign-in that ran out, and sending it again does it once: the form carries a ticket that the draft keeps. */
(function () {
  "use strict";
  const MOST = 1600, SMALL = 240, LARGEST = 20 << 20, LINE = 90000, PAUSE = 200;
  const drafts = window.luoshiDrafts;
  const OWN = ["csrfmiddlewaretoken", "once", "version"];
  /* Two points wide and one high, and said to lie on its side: whether this browser turns a picture by itself. */
  const TURNED = ["/9j/4AAQSkZJRgABAQAAAQABAAD/4QAiRXhpZgAATU0AKgAAAAgAAQESAAMAAAABAAYAAAAAAAD/2wBDAP////////////////////////////",
    "//////////////////////////////////////////////////////////wAALCAABAAIBAREA/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQF",
    "BgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3OD",
    "k6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW",
    "19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/9oACAEBAAA/AI6//9k="].join("");

  function all(selector, within) { return Array.prototype.slice.call((within || document).querySelectorAll(selector)); }

  /* Pictures ------------------------------------------------------------------------------------------ */
  function bitmap(blob) { return window.createImageBitmap(blob); }

  const turnsItself = (function () {
    let told = null;
    return function () {
      if (!told) {
        const bytes = Uint8Array.from(window.atob(TURNED), function (one) { return one.charCodeAt(0); });
        told = bitmap(new Blob([bytes], { type: "image/jpeg" })).then(function (made) { return made.width === 1; });
      }
      return told;
    };
  }());

  /* Which way is up, by Exif tag 0x0112; 1 where it does not say. */
  function up(bytes) {
    const view = new DataView(bytes);
    let at = 2;
    if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) { return 1; }
    while (at + 4 < view.byteLength && view.getUint8(at) === 0xff && view.getUint8(at + 1) !== 0xda) {
      if (view.getUint8(at + 1) === 0xe1 && view.getUint32(at + 4) === 0x45786966) {
        const tiff = at + 10, little = view.getUint16(tiff) === 0x4949;
        const first = tiff + view.getUint32(tiff + 4, little), count = view.getUint16(first, little);
        for (let number = 0; number < count; number += 1) {
          const entry = first + 2 + 12 * number;
          if (view.getUint16(entry, little) === 0x0112) { return view.getUint16(entry + 8, little); }
        }
      }
      at += 2 + view.getUint16(at + 2);
    }
    return 1;
  }

  function wayUp(blob) {
    return turnsItself().then(function (itself) {
      if (itself) { return 1; }
      return new window.Response(blob.slice(0, 262144)).arrayBuffer().then(up).catch(function () { return 1; });
    });
  }

  /* A canvas of at most so many points either way, upright, on white, without anything the camera wrote. */
  function drawn(blob, most) {
    return Promise.all([bitmap(blob), wayUp(blob)]).then(function (told) {
      const picture = told[0], way = told[1], lying = way >= 5 && way <= 8;
      const scale = Math.min(1, most / Math.max(picture.width, picture.height));
      const wide = Math.max(1, Math.round(picture.width * scale)), high = Math.max(1, Math.round(picture.height * scale));
      const canvas = document.createElement("canvas"), pen = canvas.getContext("2d");
      canvas.width = lying ? high : wide;
      canvas.height = lying ? wide : high;
      pen.fillStyle = "#fff";
      pen.fillRect(0, 0, canvas.width, canvas.height);
      const turns = {
        2: [-1, 0, 0, 1, wide, 0], 3: [-1, 0, 0, -1, wide, high], 4: [1, 0, 0, -1, 0, high], 5: [0, 1, 1, 0, 0, 0],
        6: [0, 1, -1, 0, high, 0], 7: [0, -1, -1, 0, high, wide], 8: [0, -1, 1, 0, 0, wide]
      };
      if (turns[way]) { pen.transform.apply(pen, turns[way]); }
      pen.drawImage(picture, 0, 0, wide, high);
      picture.close();
      return canvas;
    });
  }

  function shrunk(file) {
    return drawn(file, MOST).then(function (canvas) {
      return new Promise(function (done, failed) {
        canvas.toBlob(function (made) { if (made) { done(made); } else { failed(new Error("no picture")); } }, "image/jpeg", 0.85);
      });
    });
  }

  /* One form ------------------------------------------------------------------------------------------ */
  function begin(form) {
    const box = form.querySelector(".drafting"), button = form.querySelector(".send button");
    const whose = { owner: form.dataset.owner, seal: form.dataset.seal, key: form.dataset.draft };
    const ticket = form.elements.once.value;
    const mayHold = drafts.safe || form.dataset.closed === undefined;
    let shots = [], number = 0, working = Promise.resolve(), waiting = 0, over = false;

    function said(name) { return box.querySelector("[data-said='" + name + "']").textContent; }
    function tell(words) { form.querySelector("[data-kept]").textContent = words; }

    function fault(words, link) {
      const line = box.querySelector("[data-fault]");
      line.textContent = words;
      if (link) { line.appendChild(link); }
      line.hidden = !words;
      if (words) { line.focus(); line.scrollIntoView({ block: "center" }); }
    }

    /* Fields that hang on another: shown, sent and insisted on where its answer asks for them. */
    function answered(name) {
      const asked = form.elements[name];
      if (!asked) { return ""; }
      return asked.type === "checkbox" ? (asked.checked ? asked.value : "") : asked.value;
    }

    function hang() {
      all("[data-where]", form).forEach(function (one) {
        const there = one.dataset.is.split(" ").indexOf(answered(one.dataset.where)) >= 0;
        one.hidden = !there;
        all("input, select, textarea", one).forEach(function (field) {
          field.disabled = !there;
          if (one.dataset.then !== undefined) { field.required = there; }
        });
      });
      all("section.part", form).forEach(function (part) {
        part.hidden = all(".field", part).every(function (one) { return one.hidden; });
      });
    }

    /* Files ------------------------------------------------------------------------------------------- */
    function row(shot, set) {
      const line = document.createElement("li"), name = document.createElement("span"), away = document.createElement("button");
      name.textContent = shot.name;
      away.type = "button";
      away.textContent = said("take-away");
      away.setAttribute("aria-label", said("take-away") + " " + shot.name);
      away.addEventListener("click", function () {
        shots = shots.filter(function (one) { return one !== shot; });
        line.remove();
        drafts.dropFile(whose, shot.id).catch(function () {});
        keep();
        set.querySelector("input[type=file]").focus();
      });
      line.appendChild(name);
      line.appendChild(away);
      set.querySelector(".shots").appendChild(line);
      if (shot.type.indexOf("image/") === 0) {
        drawn(shot.blob, SMALL).then(function (canvas) {
          const picture = document.createElement("img");
          picture.src = canvas.toDataURL("image/jpeg", 0.7);
          picture.alt = "";
          line.insertBefore(picture, name);
        }).catch(function () {});
      }
    }

    function add(set, key, file) {
      const photo = set.dataset.files === "photo";
      const made = photo ? shrunk(file) : Promise.resolve(file);
      return made.then(function (blob) {
        number += 1;
        const name = photo ? file.name.replace(/\.\w+$/, "") + ".jpg" : file.name;
        const shot = { key: key, id: Date.now() + "-" + number, name: name, type: blob.type || "", blob: blob };
        shots.push(shot);
        row(shot, set);
        if (mayHold && blob.size <= LARGEST) { return drafts.keepFile(whose, shot.id, blob).then(function () { shot.kept = true; }); }
        return null;
      }).catch(function (why) {
        if (why && why.name === "QuotaExceededError") { tell(said("full")); } else { fault(said("broken") + file.name); }
      }).then(keep);
    }

    function files(set) {
      all("input[type=file]", set).forEach(function (input) {
        input.required = false;
        input.addEventListener("change", function () {
          const chosen = Array.prototype.slice.call(input.files);
          fault("");
          input.value = "";
          working = chosen.reduce(function (before, one) {
            return before.then(function () { return add(set, input.name, one); });
          }, working);
        });
      });
    }

    function short() {
      return all("[data-must]", form).filter(function (set) {
        const name = set.querySelector("input[type=file]").name;
        return !set.hidden && !shots.some(function (one) { return one.key === name; }) && !set.querySelector(".waiting :checked");
      });
    }

    /* Drafts ------------------------------------------------------------------------------------------ */
    function typed() {
      return Array.prototype.filter.call(form.elements, function (one) {
        const bare = !drafts.safe && one.dataset.private !== undefined;
        return one.name && OWN.indexOf(one.name) < 0 && one.type !== "file" && one.tagName !== "FIELDSET" && !bare;
      });
    }

    function state() {
      return {
        once: form.elements.once.value,
        fields: typed().filter(function (one) { return one.name.indexOf("held-") !== 0; }).map(function (one) {
          return [one.name, one.type === "radio" || one.type === "checkbox" ? (one.checked ? one.value : null) : one.value, one.type];
        }),
        held: all(".waiting input", form).filter(function (one) { return one.checked; }).map(function (one) {
          return [one.name, one.value, one.nextElementSibling.firstChild.textContent.trim()];
        }),
        files: shots.filter(function (one) { return one.kept; }).map(function (one) { return [one.key, one.id, one.name, one.type]; })
      };
    }

    function keep() {
      if (over) { return Promise.resolve(); }
      return drafts.keep(whose, state()).then(function () {
        if (over) { return drafts.drop(whose); }
        return tell(said(mayHold && drafts.safe ? "kept" : "bare"));
      }).catch(function () { tell(said("full")); });
    }

    function soon() {
      window.clearTimeout(waiting);
      waiting = window.setTimeout(keep, PAUSE);
    }

    function fill(told) {
      told.fields.forEach(function (one) {
        all("[name='" + one[0] + "']", form).forEach(function (field) {
          if (one[2] === "radio" || one[2] === "checkbox") {
            if (field.value === one[1]) { field.checked = true; } else if (one[2] === "checkbox") { field.checked = false; }
          } else { field.value = one[1]; }
        });
      });
      (told.held || []).forEach(function (one) {
        const source = form.querySelector("input[type=file][name='" + one[0].slice(5) + "']");
        const set = source && source.closest("fieldset");
        if (!set || set.querySelector("input[name='" + one[0] + "'][value='" + one[1] + "']")) { return; }
        let list = set.querySelector(".waiting");
        if (!list) { list = set.insertBefore(document.createElement("ul"), set.querySelector(".shots")); list.className = "waiting"; }
        const line = list.appendChild(document.createElement("li")), label = line.appendChild(document.createElement("label"));
        const tick = label.appendChild(document.createElement("input")), name = label.appendChild(document.createElement("span"));
        label.className = "tick";
        tick.type = "checkbox"; tick.name = one[0]; tick.value = one[1]; tick.checked = true;
        name.textContent = one[2];
      });
    }

    function restore() {
      return drafts.found(whose).then(function (told) {
        if (!told) { return null; }
        form.elements.once.value = told.once;
        fill(told);
        hang();
        box.querySelector("[data-restored]").hidden = false;
        return told.files.reduce(function (before, one) {
          return before.then(function () { return drafts.foundFile(whose, one[1]); }).then(function (bytes) {
            const source = form.querySelector("input[type=file][name='" + one[0] + "']");
            if (!bytes || !source) { return; }
            const shot = { key: one[0], id: one[1], name: one[2], type: one[3], blob: new Blob([bytes], { type: one[3] }), kept: true };
            shots.push(shot);
            row(shot, source.closest("fieldset"));
          });
        }, Promise.resolve());
      }).catch(function () { return drafts.drop(whose).catch(function () {}); });
    }

    function discard() {
      window.clearTimeout(waiting);
      drafts.drop(whose).catch(function () {});
      shots = [];
      all(".shots li, .waiting", form).forEach(function (one) { one.remove(); });
      form.reset();
      form.elements.once.value = ticket;
      box.querySelector("[data-restored]").hidden = true;
      fault("");
      tell("");
      hang();
      const first = form.querySelector(".field input, .field select, .field textarea");
      if (first) { first.focus(); }
    }

    /* Sending ----------------------------------------------------------------------------------------- */
    function body() {
      const told = new FormData(form);
      all("input[type=file]", form).forEach(function (one) { told.delete(one.name); });
      shots.forEach(function (one) {
        const set = form.querySelector("input[type=file][name='" + one.key + "']").closest("fieldset");
        if (!set.hidden) { told.append(one.key, one.blob, one.name); }
      });
      return told;
    }

    function signIn() {
      const link = document.createElement("a");
      link.href = window.location.pathname;
      link.textContent = said("sign-in");
      return link;
    }

    function done(to) {
      over = true;
      window.clearTimeout(waiting);
      return drafts.drop(whose).catch(function () {}).then(function () { window.location.assign(to); });
    }

    /* What was refused: the page that says why takes the place of this one; files it holds now need not be sent again. */
    function refused(page) {
      const told = new DOMParser().parseFromString(page, "text/html").querySelector("main");
      if (!told || !told.querySelector("form[data-draft]")) { fault(said("again")); return; }
      over = true;
      const mine = document.querySelector("main");
      while (mine.firstChild) { mine.removeChild(mine.firstChild); }
      while (told.firstChild) { mine.appendChild(document.adoptNode(told.firstChild)); }
      drafts.drop(whose).catch(function () {}).then(function () {
        const again = mine.querySelector("form[data-draft]");
        const first = begin(again);
        first.keep();
        const wrongs = document.getElementById("wrongs");
        if (wrongs) { wrongs.focus(); wrongs.scrollIntoView(); }
      });
    }

    function answer(came) {
      const kind = came.headers.get("Content-Type") || "";
      if (came.redirected) { fault(said("signed-out"), signIn()); return null; }
      if (came.ok && kind.indexOf("application/json") === 0) { return came.json().then(function (told) { return done(told.to); }); }
      if (came.status === 409) { return came.text().then(refused); }
      fault(said("again"));
      return null;
    }

    function send() {
      const line = new AbortController(), patience = window.setTimeout(function () { line.abort(); }, LINE);
      const asked = { method: "POST", body: body(), credentials: "same-origin", headers: { "X-Luoshi-Form": "1" }, signal: line.signal };
      return window.fetch(window.location.href, asked).then(function (came) {
        window.clearTimeout(patience);
        return answer(came);
      }, function () {
        window.clearTimeout(patience);
        fault(said("offline"));
      });
    }

    /* A photograph that is still being made smaller was chosen all the same: what is missing is known once that is done. */
    function whole() {
      const missing = short();
      if (!missing.length) {
        fault("");
        return keep().then(function () { tell(said("sending")); return send(); });
      }
      fault(said("missing") + missing.map(function (one) { return one.dataset.label; }).join("、"));
      missing[0].querySelector("input[type=file]").focus();
      return null;
    }

    form.addEventListener("submit", function (event) {
      event.preventDefault();
      if (button.getAttribute("aria-busy") === "true") { return; }
      button.setAttribute("aria-busy", "true");
      working.then(whole).catch(function () { fault(said("again")); })
        .then(function () { button.removeAttribute("aria-busy"); if (!over) { tell(""); } });
    });
    form.addEventListener("input", function () { hang(); soon(); });
    form.addEventListener("change", function (event) { if (event.target.type !== "file") { hang(); soon(); } });
    box.querySelector("[data-discard]").addEventListener("click", discard);
    window.addEventListener("online", function () {
      if (!over && !box.querySelector("[data-fault]").hidden) { fault(""); tell(said("back")); }
    });

    form.classList.add("live");
    box.hidden = false;
    all("fieldset[data-files]", form).forEach(files);
    all("[data-where] .must", form).forEach(function (one) { one.textContent = said("must"); }); /* it is only seen where it is */
    hang();
    return { keep: keep, restore: restore };
  }

  const form = document.querySelector("form[data-draft]");
  if (!form || !drafts || !window.createImageBitmap) { return; }
  const one = begin(form);
  if (!document.getElementById("wrongs")) { one.restore(); }
  window.addEventListener("pageshow", function (event) { if (event.persisted) { window.location.reload(); } });
}());
