// Keys for the review, without a build: an element with data-key answers its key. A switch turns them off and is remembered.
const NAME = "trucewatch-keys";
const toggle = document.querySelector("[data-keys-switch]");
let isOn = localStorage.getItem(NAME) !== "off";

function show() {
  if (toggle) toggle.checked = isOn;
  document.body.classList.toggle("keys-on", isOn);
}

if (toggle) {
  toggle.closest("[hidden]")?.removeAttribute("hidden");
  toggle.addEventListener("change", () => {
    isOn = toggle.checked;
    localStorage.setItem(NAME, isOn ? "on" : "off");
    show();
  });
}
show();

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const inField = event.target.closest("input:not([type=checkbox]):not([type=radio]), select, textarea");
  if (event.key === "Escape" && inField) {
    inField.blur();
    return;
  }
  if (!isOn || inField || event.key.length !== 1) return;
  const wanted = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!wanted) return;
  event.preventDefault();
  if (wanted.tagName === "DETAILS") {
    wanted.open = true;
    wanted.querySelector("select, input:not([type=hidden]), textarea, button")?.focus();
  } else {
    wanted.focus();
    wanted.click();
  }
});
