/* A printable sheet opens the print window by itself; without scripts the page says which keys to press. */
window.addEventListener("load", function () { window.print(); });
