document.querySelectorAll("input[data-day]").forEach(function (field) {
  datepick.pick(field, new Date());
});
