/** A moving picture of somebody, so that layouts can be judged without a camera. */
export function drawnStream(background: string): MediaStream {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [640, 360];
  const context = canvas.getContext('2d');
  let tick = 0;
  const draw = () => {
    if (context === null) {
      return;
    }
    const light = context.createLinearGradient(0, 0, 640, 360);
    light.addColorStop(0, background);
    light.addColorStop(1, '#10131f');
    context.fillStyle = light;
    context.fillRect(0, 0, 640, 360);
    context.fillStyle = '#e9c9ab';
    context.beginPath();
    context.arc(320, 130, 52, 0, 7);
    context.fill();
    context.fillStyle = '#22263c';
    context.beginPath();
    context.ellipse(320, 330, 150, 140, 0, 0, 7);
    context.fill();
    context.fillStyle = '#e9c9ab';
    for (const side of [-1, 1]) {
      const reach = Math.sin(tick / 9 + side) * 34;
      context.beginPath();
      context.arc(320 + side * (88 + reach), 225 - reach, 26, 0, 7);
      context.fill();
    }
    tick++;
  };
  draw();
  setInterval(draw, 66);
  return canvas.captureStream(15);
}
