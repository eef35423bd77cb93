"""The queue at the office: lists, search, who works on a case, why it is read, exports, readings."""
