/* Confirming by keyboard. The page works without this file; here the same buttons get keys.
   j or ↓ next, k or ↑ previous, y confirm, n dismiss, e correct, s split, x tick, m gather what is ticked,
   a add what is marked in the text, u undo, [ and ] other points. */
(function () {
  "use strict";
  var proposals = Array.prototype.slice.call(document.querySelectorAll(".prop"));
  if (!proposals.length) { return; }
  var here = 0;

  function show(place, focus) {
    here = Math.max(0, Math.min(proposals.length - 1, place));
    proposals.forEach(function (one, at) {
      if (at === here) { one.setAttribute("aria-current", "true"); } else { one.removeAttribute("aria-current"); }
    });
    var marked = document.querySelectorAll(".text .body a");
    Array.prototype.forEach.call(marked, function (link) {
      if (link.hash === "#" + proposals[here].id) { link.setAttribute("aria-current", "true"); } else { link.removeAttribute("aria-current"); }
    });
    if (focus) {
      proposals[here].focus({ preventScroll: true });
      proposals[here].scrollIntoView({ block: "nearest" });
    }
  }

  function press(name) {
    var button = proposals[here].querySelector("[data-key=" + name + "]");
    if (button && !button.disabled) { button.click(); }
  }

  function goTo(name) {
    var link = document.querySelector("a[data-key=" + name + "]");
    if (link) { window.location = link.href; }
  }

  function open(name) {
    var fold = proposals[here].querySelector("details." + name);
    if (!fold) { return; }
    fold.open = true;
    var field = fold.querySelector("input:not([type=hidden]), select, textarea");
    if (field) { field.focus(); }
  }

  function tick() {
    var box = proposals[here].querySelector("[name=pick]");
    if (box) { box.checked = !box.checked; }
  }

  function gather() {
    var title = document.getElementById("gather-title");
    if (title) { title.focus(); title.scrollIntoView({ block: "nearest" }); }
  }

  function add() {
    var fold = document.querySelector("details.adding"), field = document.getElementById("words");
    if (!fold) { return; }
    var marked = window.getSelection().toString().trim();
    fold.open = true;
    if (marked) { field.value = marked; }
    field.focus();
  }

  var keys = {
    j: function () { show(here + 1, true); }, ArrowDown: function () { show(here + 1, true); },
    k: function () { show(here - 1, true); }, ArrowUp: function () { show(here - 1, true); },
    y: function () { press("confirm"); }, u: function () { press("undo"); },
    s: function () { open("split"); }, x: tick, m: gather, a: add,
    n: function () { open("dismiss"); }, e: function () { open("correct"); },
    "[": function () { goTo("before"); }, "]": function () { goTo("after"); }
  };

  document.addEventListener("keydown", function (event) {
    var typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) && event.target.type !== "checkbox";
    if (event.key === "Escape" && typing) { show(here, true); return; }
    if (typing || event.ctrlKey || event.altKey || event.metaKey || !keys[event.key]) { return; }
    event.preventDefault();
    keys[event.key]();
  });

  proposals.forEach(function (one, at) {
    one.tabIndex = -1;
    one.addEventListener("focusin", function () { if (at !== here) { show(at, false); } });
  });

  var wanted = proposals.findIndex(function (one) { return "#" + one.id === window.location.hash; });
  if (wanted < 0) { wanted = proposals.findIndex(function (one) { return one.getAttribute("data-decision") === "open"; }); }
  show(wanted < 0 ? 0 : wanted, window.location.hash !== "");
}());
