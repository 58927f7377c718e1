/** The page that a panel loads. Nothing but its own script and style may run or be fetched. */

export interface ChartsHtmlParts {
  /** Fresh for every page; lets the one script and the one style sheet in. */
  readonly nonce: string;
  readonly script: string;
  readonly style: string;
  /** Plain words of our own: it stands in the markup as it is. */
  readonly title?: string;
}

export function renderChartsHtml({ nonce, script, style, title = 'Value-Action Charts' }: ChartsHtmlParts): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" nonce="${nonce}" href="${style}">
</head>
<body>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>
`;
}
