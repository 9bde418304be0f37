declare module '@fastify/swagger-ui/static/swagger-ui-bundle.js' {
  interface Request {
    url: string
    headers: Record<string, string>
  }

  interface SwaggerUI {
    (options: {
      spec: object
      domNode: HTMLElement
      requestInterceptor(request: Request): Request | Promise<Request>
      responseInterceptor(response: { status: number; obj?: { code?: string } }): object
      plugins: unknown[]
      presets: unknown[]
      layout: string
      [option: string]: unknown
    }): void
    presets: { apis: unknown }
  }

  const SwaggerUIBundle: SwaggerUI
  export default SwaggerUIBundle
}
