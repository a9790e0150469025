// The stored numbers, place by place, as data.py describes them, and of how many networks.
interface Numbers<Place, Number, Curve> {
  true_norm: Place;
  direct_norm: Place;
  true_rate: Place;
  direct_rate: Place;
  log10_ratio: Place;
  true: Place;
  direct: Place;
  true_verdict: Number;
  direct_verdict: Number;
  true_curve: Curve;
  direct_curve: Curve;
  networks: Number;
}
export type Place = Numbers<number[], number, number[][]>;
export type Data = Numbers<number[][], number[], number[][][]> & Record<"biases" | "scales", number[]>;
