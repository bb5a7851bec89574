// Full screen needs a gesture that the browser sees, so it is asked for here and not on the server. Windows of one story
// follow each other over a channel that never leaves this browser; what a window heard it does not say again.
const here = (window.story ??= { window: Math.random(), slide: null });
const instances = new WeakMap();

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const button = parentElement.querySelector("button");
  const fill = () => {
    if (document.fullscreenElement) document.exitFullscreen();
    else if (document.documentElement.requestFullscreen) document.documentElement.requestFullscreen().catch(() => {});
  };
  button.textContent = data.label;
  button.hidden = !data.stage;
  button.onclick = fill;

  let mine = instances.get(parentElement);
  if (!mine) {
    mine = { channel: new BroadcastChannel("collective-efficacy-story") };
    mine.press = (event) => {
      const typing = /^(input|textarea|select)$/i.test(event.target.tagName) || event.target.isContentEditable;
      if (event.key.toLowerCase() === "f" && !event.ctrlKey && !event.metaKey && !event.altKey && !typing) mine.fill();
    };
    document.addEventListener("keydown", mine.press);
    instances.set(parentElement, mine);
  }
  mine.fill = data.stage ? fill : () => {};
  mine.channel.onmessage = ({ data: said }) => {
    if (said.window === here.window || said.slide === here.slide) return;
    here.slide = said.slide;
    setTriggerValue("turned", said.slide);
  };
  if (here.slide !== null && here.slide !== data.slide)
    mine.channel.postMessage({ window: here.window, slide: data.slide });
  here.slide = data.slide;

  return () => {
    document.removeEventListener("keydown", mine.press);
    mine.channel.close();
    instances.delete(parentElement);
  };
}
