/** esbuild bundles style sheets imported for their effect. */
declare module '*.css';
