// Making elements: a text goes in as text, never as markup.

const find = (id) => document.getElementById(id);

/** An element with a class, properties and children; a string child becomes text. */
function element(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

/** A button with a visible text; `title` says more, `act` is called on a click. */
function button(className, text, act, title = "") {
  const made = element("button", className, text);
  made.type = "button";
  if (title) made.title = title;
  made.addEventListener("click", act);
  return made;
}

function withRole(role, made) {
  made.setAttribute("role", role);
  return made;
}

const formatNumber = new Intl.NumberFormat("en");

function number(value) {
  return formatNumber.format(value);
}

function plural(count, noun) {
  return `${number(count)} ${noun}${count === 1 ? "" : "s"}`;
}
