// Ruru, the page to try queries on, at `/`. Everything it needs comes from this server, and its browser is told to
// fetch nothing from anywhere else.

/** What the page opens with: it answers without signing in. */
export const firstQuery = `{
  organizations {
    nodes {
      name
      scopes {
        nodes {
          kind
          name
        }
      }
    }
  }
}
`

// Monaco, its editor, writes styles and a configuration into the page and starts workers from it.
const contentSecurityPolicy = [
    "default-src 'none'",
    "connect-src 'self'",
    "font-src 'self' data:",
    "img-src 'self' data:",
    "script-src 'self' 'unsafe-inline'",
    "style-src 'self' 'unsafe-inline'",
    "worker-src 'self' blob:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
].join('; ')

export const RuruPlugin: GraphileConfig.Plugin = {
    name: 'RuruPlugin',
    grafserv: {
        middleware: {
            async processRequest(next) {
                const result = await next()
                if (result?.headers['content-type']?.startsWith('text/html')) {
                    result.headers['content-security-policy'] = contentSecurityPolicy
                    result.headers['referrer-policy'] = 'no-referrer'
                }
                return result
            },
        },
    },
}
