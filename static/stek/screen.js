/* The screen in the hall keeps itself up to date, and keeps what it knows while the website is away.
   Televisions are old: nothing here is newer than the browsers of 2013. */
(function () {
  var EVERY = 60000, PATIENCE = 20000, heard = Date.now();

  function sheet() { return document.getElementById("main"); }
  function look(page) { return page.getElementById("look").getAttribute("href"); }

  /* Says since when; what was "now" then is taken away once it may be so no longer. */
  function lose() {
    var old = Date.now() - heard > sheet().getAttribute("data-fresh") * 1000;
    document.body.className = old ? "is-lost is-old" : "is-lost";
  }

  function ask() {
    var request = new XMLHttpRequest();
    request.onload = function () {
      var page = request.status === 200 ? request.responseXML : null;
      if (!page || !page.getElementById("main") || !page.getElementById("look")) { lose(); return; }
      if (look(page) !== look(document)) { location.reload(); return; } /* a new release */
      heard = Date.now();
      sheet().parentNode.replaceChild(document.importNode(page.getElementById("main"), true), sheet());
      document.body.className = "";
    };
    request.onerror = request.ontimeout = lose;
    request.open("GET", location.href, true);
    request.responseType = "document";
    request.timeout = PATIENCE;
    request.send();
  }

  setInterval(ask, EVERY);
}());
