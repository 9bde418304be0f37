/** Draws a QR code as an SVG in a data: URL, dark on white with the quiet zone of ISO/IEC 18004. */
export async function drawQrCode(text: string): Promise<string> {
  // Most daemons never draw a QR code, so the encoder is loaded on first use.
  const { renderSVG } = await import('uqr')
  const svg = renderSVG(text, { ecc: 'M', border: 4, pixelSize: 4 })
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`
}
