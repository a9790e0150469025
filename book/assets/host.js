// The page's widget host: runs the chapters' anywidgets without a kernel, from the state stored in the page.
// A classic script, so it works from file:// too. Loaded with async: it waits for the page's text, not for other scripts.
(() => {
  "use strict";
  const STATE = 'script[type="application/vnd.jupyter.widget-state+json"]';
  const VIEW = 'script[type="application/vnd.jupyter.widget-view+json"]';
  const REFERENCE = "IPY_MODEL_";

  // What anywidget promises a widget's module: get, set, on, off, save_changes, send. There is nobody to save to.
  class Model {
    constructor(state) { this.state = state; this.listeners = []; }
    get(key) { return this.state[key]; }
    set(key, value) {
      const entries = typeof key === "object" ? Object.entries(key) : [[key, value]];
      const changed = entries.filter(([k, v]) => JSON.stringify(v) !== JSON.stringify(this.state[k]));
      for (const [k, v] of changed) this.state[k] = v;
      for (const [k, v] of changed) this.emit(`change:${k}`, v);
      if (changed.length) this.emit("change");
    }
    on(names, callback) { for (const name of names.split(" ")) this.listeners.push({ name, callback }); }
    off(names, callback) {
      const gone = ({ name, callback: c }) => (!names || names.split(" ").includes(name)) && (!callback || c === callback);
      this.listeners = this.listeners.filter((listener) => !gone(listener));
    }
    emit(name, value) {
      for (const { callback } of this.listeners.filter((listener) => listener.name === name)) callback(this, value, {});
    }
    save_changes() {}
    send() {}
  }

  // Binary traits are stored beside the state, in base64, with the path of keys to where they belong.
  const withBuffers = ({ state, buffers = [] }) => {
    for (const { path, data } of buffers) {
      const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
      const place = path.slice(0, -1).reduce((inner, key) => inner[key], state);
      place[path.at(-1)] = new DataView(bytes.buffer);
    }
    return state;
  };

  // What a page has lost, an explorer misses: it says so, the others live.
  const stored = () => {
    const all = {};
    for (const script of document.querySelectorAll(STATE)) {
      try { Object.assign(all, JSON.parse(script.textContent).state); } catch (error) { console.error(error); }
    }
    return all;
  };

  // The setting of an explorer in the address, #Eq15Explorer?f=0.98&T=30: what is not as the page stored it. A link of
  // the text to such an address sets the explorer; a reader who sends the address sends what they see.
  const numeric = (value) => [value].flat().every((x) => typeof x === "number") && value.length !== 0;
  const addressed = (name, model, view) => {
    const start = Object.entries(model.state).filter(([key, value]) => key[0] !== "_" && numeric(value));
    const given = (text, value) => (Array.isArray(value) ? text.split(",").map(Number) : Number(text));
    let waiting = 0;
    const read = (address) => {
      const [where, setting] = new URL(address).hash.slice(1).split("?");
      if (where !== name || setting === undefined) return;
      const asked = new URLSearchParams(setting);
      model.set(Object.fromEntries(
        start.map(([key, value]) => [key, asked.has(key) ? given(asked.get(key), value) : value])));
      view.scrollIntoView({ block: "nearest" });
    };
    const write = () => {
      const moved = start.filter(([key, value]) => String(model.get(key)) !== String(value));
      const setting = moved.map(([key]) => `${key}=${model.get(key)}`).join("&");
      try {
        history.replaceState(null, "", setting ? `#${name}?${setting}` : location.pathname + location.search);
      } catch { /* a sandboxed frame has no address to change */ }
    };
    model.on("change", () => {
      clearTimeout(waiting);
      waiting = setTimeout(write, 250);
    });
    addEventListener("hashchange", ({ newURL }) => read(newURL)); // `write` may have changed the address since the click
    read(location.href);
  };

  // ipywidgets' jslink and jsdlink: two traits kept equal in the browser.
  const link = ({ model_name, state }, model) => {
    const [[source, from], [target, to]] = [state.source, state.target].map(
      ([reference, key]) => [model(reference.slice(REFERENCE.length)), key]);
    const copy = (a, ka, b, kb) => a.on(`change:${ka}`, () => b.set(kb, a.get(ka)));
    target.set(to, source.get(from));
    copy(source, from, target, to);
    if (model_name === "LinkModel") copy(target, to, source, from);
  };

  const say = (place, words) => {
    const note = document.createElement("p");
    note.className = "widget-note";
    note.textContent = words;
    place.append(note);
  };

  const place = (script) => {
    const element = document.createElement("div");
    element.className = "widget-place";
    script.after(element);
    return element;
  };

  // One widget that fails must not take the others with it: the cell says so, and its static figure comes back.
  const mark = (script, how) => {
    const cell = script.closest(".cell");
    if (cell && cell.dataset.widget !== "failed") cell.dataset.widget = how;
  };

  // The name of a widget's class, as Python has it.
  const nameOf = ({ state }) => `${state._anywidget_id}`.split(".").at(-1);

  const start = () => {
    const all = stored(), models = {}, modules = {}, ready = {}, names = new Set();
    const model = (id) => (models[id] ??= new Model(withBuffers(all[id])));
    const styled = new Set();

    const imported = async (code) => {
      const url = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
      try {
        const { default: widget } = await import(url);
        return typeof widget === "function" ? await widget() : widget;
      } finally { URL.revokeObjectURL(url); }
    };
    // The book's own explorers stand before this host in one script; another's brings its code with its state.
    const load = (about) => {
      const { _esm } = about.state, name = nameOf(about);
      modules[_esm ?? name] ??= _esm ? imported(_esm) : Promise.resolve().then(() => globalThis.explorers[name]());
      return modules[_esm ?? name];
    };

    const style = (css) => {
      if (!css || styled.has(css)) return;
      styled.add(css);
      const element = document.createElement("style");
      element.textContent = css;
      document.head.append(element);
    };

    const show = async (script) => {
      const id = JSON.parse(script.textContent).model_id, about = all[id], element = place(script);
      if (about?.model_module !== "anywidget") {
        say(element, `This control (${about?.model_name.replace(/Model$/, "") ?? "not stored in this page"}) needs Python to answer. ` +
          "Open the chapter in JupyterLab with “make lab” and run it there.");
        return mark(script, "kernel");
      }
      try {
        const widget = await load(about);
        style(about.state._css);
        ready[id] ??= Promise.resolve(widget.initialize?.({ model: model(id) }));
        await ready[id];
        await widget.render?.({ model: model(id), el: element });
        mark(script, "live");
        if (!names.has(nameOf(about))) addressed(nameOf(about), model(id), element);
        names.add(nameOf(about));
      } catch (error) {
        element.replaceChildren();
        say(element, `This explorer could not start in your browser (${error}). ` +
          "A figure or the text beside it says the same.");
        mark(script, "failed");
      }
    };

    for (const id in all) if (/^(Directional)?LinkModel$/.test(all[id].model_name)) link(all[id], model);
    Promise.all([...document.querySelectorAll(VIEW)].map(show)).then(
      () => { document.documentElement.dataset.host = "done"; });
  };

  if (document.readyState === "loading") document.addEventListener("readystatechange", start, { once: true });
  else start();
})();
