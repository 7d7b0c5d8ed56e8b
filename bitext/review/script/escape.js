// Texts in XML: what it cannot hold becomes U+FFFD, as the command line writes it.

const NOT_XML = /[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;" };

function xml(text) {
  return text.replace(NOT_XML, "\ufffd").replace(/[&<>"\r]/g, (found) => ENTITIES[found]);
}

/** In an attribute, a reader would turn line ends and tabs into spaces. */
function xmlAttribute(text) {
  return xml(text).replace(/[\n\t]/g, (found) => `&#${found.charCodeAt(0)};`);
}
