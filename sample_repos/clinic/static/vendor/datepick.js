/* datepick 0.3.1: a tiny picker of dates, as its maker delivers it */
(function (root) {
  function pick(field, day) { field.value = day.toISOString().slice(0, 10); return field; }
  root.datepick = { pick: pick, version: "0.3.1" };
})(this);
