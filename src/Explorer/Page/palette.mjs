// Colours that people tell apart whatever they see: Okabe and Ito's for kinds, a lightness ramp for amounts. Contrast is computed.

/** Colours by theme. Points are drawn from these numbers; the style sheet repeats those that text and borders need. */
export const themes = {
  light: {
    page: '#f3f3ef', panel: '#ffffff', plane: '#fbfbf9', ink: '#1a1f24', soft: '#545d67', line: '#dcdcd5', grid: '#e9e9e3', axis: '#c9cac2',
    accent: '#0a5f73', onAccent: '#ffffff', point: '#2f6f9f', dim: '#d9dad5', current: '#c2410c', selected: '#1a1f24', taught: '#07664a',
    note: '#6b4a00', notePage: '#fdf3d8', bad: '#a11d1d',
    kinds: ['#0072b2', '#d55e00', '#009e73', '#b3507f', '#8a6d00', '#3a93c8', '#5b5b5b', '#7b4fb0', '#a14a2a', '#2f6b3c'],
    ramp: ['#d9b94c', '#8f8f6a', '#5a7590', '#1c4f9c', '#0c2454'],
  },
  dark: {
    page: '#121518', panel: '#1a1e23', plane: '#15191d', ink: '#e9ecef', soft: '#a2acb7', line: '#323941', grid: '#20262c', axis: '#3b444e',
    accent: '#62c3d4', onAccent: '#0b1a1e', point: '#6cb4e8', dim: '#2b3137', current: '#ff9248', selected: '#f5f7f8', taught: '#4fd3a0',
    note: '#f2d58f', notePage: '#2f2710', bad: '#ff9c94',
    kinds: ['#56b4e9', '#ff9a3d', '#3ecf9f', '#e58fbb', '#e8d44d', '#8fd0ff', '#bfc4c9', '#b899ea', '#e0997c', '#8ccf96'],
    ramp: ['#30508f', '#52719c', '#8a8f86', '#c9ad4a', '#fff0a0'],
  },
};

export function rgb(hex) {
  const value = parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/** A colour between two, 0 the first. */
export function mix(first, second, share) {
  const [a, b] = [rgb(first), rgb(second)];
  return `#${a.map((value, i) => Math.round(value + (b[i] - value) * share).toString(16).padStart(2, '0')).join('')}`;
}

/** A colour along a ramp, at 0 its first and at 1 its last. */
export function along(ramp, share) {
  const at = Math.max(0, Math.min(1, share)) * (ramp.length - 1);
  const step = Math.min(ramp.length - 2, Math.floor(at));
  return mix(ramp[step], ramp[step + 1], at - step);
}

/** The contrast of two colours by WCAG 2: from 1 to 21. */
export function contrast(first, second) {
  const [a, b] = [luminance(first), luminance(second)].sort((x, y) => y - x);
  return (a + 0.05) / (b + 0.05);
}

function luminance(hex) {
  const [red, green, blue] = rgb(hex).map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
