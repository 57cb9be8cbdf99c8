/* 查找: pairs of characters looked up in shards that are scripts, because a page opened from a folder may load nothing else.
   The same rules as publishing/searching.py: half width, small letters, letters and figures alone. */
(function () {
  "use strict";
  var told = document.getElementById("told"), list = document.getElementById("found");
  var kept = {}, waiting = {}, MOST = 50;

  window.luoshiShard = function (name, what) { kept[name] = what; };

  function load(name, done) {
    if (name in kept) { done(kept[name]); return; }
    if (waiting[name]) { waiting[name].push(done); return; }
    waiting[name] = [done];
    var script = document.createElement("script");
    function end() {
      var all = waiting[name];
      delete waiting[name];
      all.forEach(function (one) { one(kept[name]); });
    }
    script.src = "search/" + name + ".js";
    script.onload = end;
    script.onerror = end;
    document.head.appendChild(script);
  }

  function plain(words) { return words.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}]/gu, ""); }

  function pairs(words) {
    var signs = Array.from(plain(words)), found = [];
    for (var at = 0; at < Math.max(signs.length - 1, Math.min(signs.length, 1)); at += 1) {
      var pair = signs.slice(at, at + 2).join("");
      if (found.indexOf(pair) < 0) { found.push(pair); }
    }
    return found;
  }

  function places(shard, pair) {
    var one = Array.from(pair).length === 1, seen = {};
    Object.keys(shard || {}).forEach(function (key) {
      if (key === pair || (one && key.indexOf(pair) === 0)) {
        shard[key].reduce(function (sum, step) { seen[sum + step] = true; return sum + step; }, 0);
      }
    });
    return seen;
  }

  function show(about, numbers) {
    var shown = numbers.slice(0, MOST), left = shown.length, files = {};
    if (!left) { told.textContent = told.dataset.none; return; }
    told.textContent = told.dataset.many.replace("N", String(numbers.length)).replace("M", String(shown.length));
    shown.forEach(function (number) { files["pages-" + Math.floor(number / about.named)] = true; });
    left = Object.keys(files).length;
    Object.keys(files).forEach(function (name) {
      load(name, function () {
        left -= 1;
        if (left) { return; }
        shown.forEach(function (number) {
          var page = (kept["pages-" + Math.floor(number / about.named)] || [])[number % about.named];
          if (!page) { return; }
          var line = document.createElement("li"), link = document.createElement("a"), kind = document.createElement("small");
          link.href = page[0];
          link.textContent = page[1];
          kind.textContent = " " + page[2];
          line.appendChild(link);
          line.appendChild(kind);
          list.appendChild(line);
        });
      });
    });
  }

  function search(words) {
    var wanted = pairs(words), left = wanted.length, common = null;
    list.textContent = "";
    if (!left) { told.textContent = told.dataset.ask; return; }
    load("about", function (about) {
      wanted.forEach(function (pair) {
        var name = "pairs-" + pair.codePointAt(0) % about.shards;
        load(name, function (shard) {
          var mine = places(shard, pair);
          common = common === null ? Object.keys(mine) : common.filter(function (one) { return mine[one]; });
          left -= 1;
          if (!left) { show(about, common.map(Number).sort(function (one, other) { return one - other; })); }
        });
      });
    });
  }

  var asked = new URLSearchParams(location.search).get("q") || "";
  document.getElementById("q").value = asked;
  search(asked);
}());
