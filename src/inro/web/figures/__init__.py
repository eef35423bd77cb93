"""Drawings of numbers as SVG text: values in, markup out; each says in words what it shows (JIS X 8341-3)."""
