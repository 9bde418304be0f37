// Before the first paint: the theme somebody chose here. Nothing else of a visitor is kept.
try {
  const theme = localStorage.getItem('theme')
  if (theme === 'dark' || theme === 'light') document.documentElement.dataset.theme = theme
} catch {
  // Storage is switched off: the system's choice then.
}
