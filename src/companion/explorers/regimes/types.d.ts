// The stored numbers, place by place, as data.py describes them.
interface Numbers<Place, Verdict, Curve> {
  true_norm: Place;
  direct_norm: Place;
  true_rate: Place;
  direct_rate: Place;
  log10_ratio: Place;
  true: Place;
  direct: Place;
  true_verdict: Verdict;
  direct_verdict: Verdict;
  true_curve: Curve;
  direct_curve: Curve;
}
export type Place = Numbers<number[], number, number[][]> & { networks: number };
export type Data = Numbers<number[][], number[], number[][][]> & {
  biases: number[];
  scales: number[];
  places: number;
  steps: number;
  networks: number;
};
