export function chromium(): { readonly executablePath: string; readonly env: Record<string, string> };
