/** Decodes a sound file with the browser: mono, at the model's sample rate. */
export async function decode(file, sampleRate) {
  const sound = await new OfflineAudioContext(1, 1, sampleRate).decodeAudioData(await file.arrayBuffer());
  const samples = new Float32Array(sound.length);
  for (let c = 0; c < sound.numberOfChannels; c++) {
    const channel = sound.getChannelData(c);
    const scale = positiveScale(channel) / sound.numberOfChannels;
    channel.forEach((value, i) => { samples[i] += value > 0 ? value * scale : value / sound.numberOfChannels; });
  }

  return samples;
}

// Chromium divides the positive samples of 16-bit sound by 32767 and the negative ones by 32768. The model was trained on samples that
// were all divided by 32768, and the asymmetry shows in the fourth digit of its answers.
function positiveScale(channel) {
  const stretched = channel.every((value) => value <= 0 || Math.abs(value * 32767 - Math.round(value * 32767)) < 2e-3);
  return stretched ? 32767 / 32768 : 1;
}
