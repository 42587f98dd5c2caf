// Before the first paint: say that scripts run, and put back the appearance this person chose here.
(function (root) {
  root.dataset.pvJs = "";
  try {
    var chosen = localStorage.getItem("pv-theme");
    if (chosen === "light" || chosen === "dark") root.dataset.frTheme = chosen;
  } catch (refused) {} // storage may be closed: the system's choice stays
})(document.documentElement);
