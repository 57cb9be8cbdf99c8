// 通行密钥: carries what the page asks to the browser, and what the browser signs back into the form. Nothing else.
(function () {
  "use strict";

  function bytes(words) {
    var plain = atob(words.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, function (one) { return one.charCodeAt(0); });
  }

  function words(buffer) {
    var plain = String.fromCharCode.apply(null, new Uint8Array(buffer));
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  function opened(asked) {
    var key = asked.publicKey;
    key.challenge = bytes(key.challenge);
    if (key.user) { key.user.id = bytes(key.user.id); }
    (key.allowCredentials || []).concat(key.excludeCredentials || []).forEach(function (one) { one.id = bytes(one.id); });
    return asked;
  }

  function told(made) {
    var answer = { clientDataJSON: words(made.response.clientDataJSON) };
    ["attestationObject", "authenticatorData", "signature", "userHandle"].forEach(function (name) {
      if (made.response[name]) { answer[name] = words(made.response[name]); }
    });
    return JSON.stringify({
      id: made.id, rawId: words(made.rawId), type: made.type, response: answer,
      clientExtensionResults: made.getClientExtensionResults()
    });
  }

  function ask(form) {
    var asked = opened(JSON.parse(form.dataset.asked));
    if (!navigator.credentials) { return Promise.reject(new Error("no credentials here")); }
    return navigator.credentials[form.dataset.passkey](asked);
  }

  Array.prototype.forEach.call(document.querySelectorAll("form[data-passkey]"), function (form) {
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      ask(form).then(function (made) {
        form.elements.passkey.value = told(made);
        form.submit();
      }).catch(function () {
        var fault = form.querySelector("[data-fault]");
        fault.textContent = fault.dataset.fault;
      });
    });
  });
})();
