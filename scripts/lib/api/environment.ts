// Grafast asks the environment, once and while it loads, whether to run extra checks; it runs without, unless told.

process.env.GRAPHILE_ENV ??= 'production'
