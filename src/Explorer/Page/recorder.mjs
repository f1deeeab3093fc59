// The microphone, as a WAV file: browsers record compressed formats that not every decoder reads, so samples are taken as they come.
import { byId } from 'explorer/dom';
import { encodeWav } from 'explorer/wav';

const mostSeconds = 120;

export function record(app, upload) {
  const button = byId('record');
  let recording = null;
  let turn = 0;
  if (!navigator.mediaDevices?.getUserMedia || !globalThis.AudioWorkletNode) button.hidden = true;
  button.addEventListener('click', () => (recording ? finish() : begin()));

  async function begin() {
    app.player.stop();
    try {
      const plain = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
      const stream = await navigator.mediaDevices.getUserMedia({ audio: plain });
      const rate = app.state.model.sampleRate;
      const context = new AudioContext(rate ? { sampleRate: rate } : {});
      await context.audioWorklet.addModule('tap.mjs');
      const tap = new AudioWorkletNode(context, 'tap', { channelCount: 1, channelCountMode: 'explicit' });
      const parts = [];
      tap.port.onmessage = ({ data }) => parts.push(data);
      context.createMediaStreamSource(stream).connect(tap);
      const started = performance.now();
      const show = setInterval(() => {
        const seconds = (performance.now() - started) / 1000;
        button.textContent = `Stop, ${seconds.toFixed(0)} s`;
        if (seconds >= mostSeconds) finish();
      }, 250);
      recording = { stream, context, parts, show };
      button.textContent = 'Stop';
      button.classList.add('recording');
      app.announce('Recording');
    } catch (error) {
      app.alert(error.name === 'NotFoundError' ? 'There is no microphone.' : 'The browser does not let this page use the microphone.');
    }
  }

  async function finish() {
    const { stream, context, parts, show } = recording;
    recording = null;
    clearInterval(show);
    for (const track of stream.getTracks()) track.stop();
    const rate = context.sampleRate;
    await context.close();
    button.textContent = 'Record';
    button.classList.remove('recording');
    const samples = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      samples.set(part, at);
      at += part.length;
    }

    await upload([new File([encodeWav(samples, rate)], `recording ${++turn}.wav`, { type: 'audio/wav' })]);
  }
}
