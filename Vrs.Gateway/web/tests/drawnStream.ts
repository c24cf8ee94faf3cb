export interface Look {
  wall: string;
  skin: string;
  hair: string;
  shirt: string;
}

export const looks: Record<'dana' | 'ines', Look> = {
  dana: { wall: '#3d7f83', skin: '#d9a37c', hair: '#3b2418', shirt: '#f2c14e' },
  ines: { wall: '#5c5391', skin: '#f0c8a6', hair: '#1f1c2b', shirt: '#1e2436' },
};

/**
 * A moving picture of somebody who signs, so that layouts can be judged and pictures taken without a camera.
 * It refers to nothing outside itself: the browser tests send it into a page as text.
 */
export function drawnStream(look: Look): MediaStream {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [1280, 720];
  const c = canvas.getContext('2d');
  if (c === null) {
    return new MediaStream();
  }
  const oval = (fill: string | CanvasGradient, x: number, y: number, rx: number, ry: number, turn = 0) => {
    c.fillStyle = fill;
    c.beginPath();
    c.ellipse(x, y, rx, ry, turn, 0, 7);
    c.fill();
  };
  const line = (stroke: string, width: number, points: [number, number][]) => {
    c.strokeStyle = stroke;
    c.lineWidth = width;
    [c.lineCap, c.lineJoin] = ['round', 'round'];
    c.beginPath();
    points.forEach(([x, y], index) => (index === 0 ? c.moveTo(x, y) : c.lineTo(x, y)));
    c.stroke();
  };
  const hand = (x: number, y: number, side: number, spread: number) => {
    oval(look.skin, x, y, 40, 46);
    for (const finger of [-1.1, -0.55, 0, 0.55]) {
      const angle = -1.57 + side * 0.15 + finger * spread;
      line(look.skin, 19, [
        [x, y],
        [x + 84 * Math.cos(angle), y + 84 * Math.sin(angle)],
      ]);
    }
    line(look.skin, 20, [
      [x, y],
      [x - side * 62, y - 26],
    ]);
  };
  let tick = 8;
  const draw = () => {
    tick++;
    const light = c.createRadialGradient(420, 160, 80, 640, 360, 900);
    light.addColorStop(0, look.wall);
    light.addColorStop(1, '#141828');
    c.fillStyle = light;
    c.fillRect(0, 0, 1280, 720);
    oval(look.hair, 640, 262, 138, 168);
    oval(look.shirt, 640, 760, 300, 270);
    line(look.skin, 84, [
      [640, 380],
      [640, 500],
    ]);
    oval(look.skin, 640, 270, 104, 132);
    oval(look.hair, 640, 168, 116, 62);
    oval('#20161a', 600, 262, 10, 12);
    oval('#20161a', 680, 262, 10, 12);
    line('#8c3b3b', 8, [
      [612, 332],
      [640, 342],
      [668, 332],
    ]);
    for (const side of [-1, 1]) {
      const sway = Math.sin(tick / 11 + side);
      const [x, y] = [640 + side * (210 + 46 * sway), 430 - 60 * Math.cos(tick / 13 + side)];
      line(look.shirt, 96, [
        [640 + side * 236, 640],
        [640 + side * 330, 730],
        [x + side * 40, y + 130],
      ]);
      hand(x, y, side, 0.55 + 0.25 * sway);
    }
  };
  draw();
  setInterval(draw, 50);
  return canvas.captureStream(20);
}
