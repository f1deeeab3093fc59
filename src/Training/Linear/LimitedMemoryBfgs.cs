using System.Numerics.Tensors;

namespace SerLab.Training.Linear;

/// <summary>A smooth function to be minimised: returns its value at a point and writes its gradient.</summary>
internal delegate double SmoothFunction(ReadOnlySpan<double> point, Span<double> gradient);

/// <summary>Where a minimisation ended.</summary>
/// <param name="Point">The best point.</param>
/// <param name="Iterations">Steps taken.</param>
/// <param name="Converged">Whether every component of the gradient is within the tolerance.</param>
internal sealed record Minimum(double[] Point, int Iterations, bool Converged);

/// <summary>
/// L-BFGS (Nocedal 1980; Nocedal and Wright 2006, algorithm 7.4) with the bisection line search for the weak Wolfe conditions of
/// Lewis and Overton (2013).
/// </summary>
internal static class LimitedMemoryBfgs
{
    private const int Memory = 10;
    private const double SufficientDecrease = 1e-4;
    private const double CurvatureDecrease = 0.9;
    private const int MaxLineSteps = 50;

    /// <summary>Minimises from a starting point.</summary>
    /// <param name="function">The function and its gradient.</param>
    /// <param name="start">The starting point; not altered.</param>
    /// <param name="maxIterations">The most steps.</param>
    /// <param name="tolerance">Stops once no component of the gradient is larger.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    public static Minimum Minimise(
        SmoothFunction function, double[] start, int maxIterations, double tolerance, CancellationToken cancellationToken)
    {
        double[] point = [.. start];
        double[] gradient = new double[point.Length];
        double value = function(point, gradient);
        LinkedList<(double[] Step, double[] Change, double Curvature)> history = [];
        int iteration = 0;
        while (LargestComponent(gradient) > tolerance && iteration < maxIterations)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double[] direction = Direction(gradient, history);
            double first = history.Count == 0 ? Math.Min(1, 1 / TensorPrimitives.SumOfMagnitudes<double>(gradient)) : 1;
            double[] next = new double[point.Length];
            double[] nextGradient = new double[point.Length];
            double? nextValue = Search(function, point, value, gradient, direction, first, next, nextGradient);
            if (nextValue is null)
            {
                break;
            }

            double[] change = new double[point.Length];
            TensorPrimitives.Subtract(next, point, direction);
            TensorPrimitives.Subtract(nextGradient, gradient, change);
            double curvature = TensorPrimitives.Dot<double>(direction, change);
            if (curvature > 0)
            {
                history.AddLast((direction, change, curvature));
            }

            if (history.Count > Memory)
            {
                history.RemoveFirst();
            }

            (point, gradient, value) = (next, nextGradient, nextValue.Value);
            iteration++;
        }

        return new Minimum(point, iteration, LargestComponent(gradient) <= tolerance);
    }

    private static double LargestComponent(double[] gradient) => Math.Abs(TensorPrimitives.MaxMagnitude<double>(gradient));

    /// <summary>Minus the approximate inverse Hessian times the gradient: the two-loop recursion.</summary>
    private static double[] Direction(
        double[] gradient, LinkedList<(double[] Step, double[] Change, double Curvature)> history)
    {
        double[] direction = new double[gradient.Length];
        TensorPrimitives.Negate<double>(gradient, direction);
        Stack<double> weights = new();
        for (var node = history.Last; node is not null; node = node.Previous)
        {
            double weight = TensorPrimitives.Dot<double>(node.Value.Step, direction) / node.Value.Curvature;
            weights.Push(weight);
            TensorPrimitives.MultiplyAdd<double>(node.Value.Change, -weight, direction, direction);
        }

        if (history.Last is { } last)
        {
            double scale = last.Value.Curvature / TensorPrimitives.SumOfSquares<double>(last.Value.Change);
            TensorPrimitives.Multiply(direction, scale, direction);
        }

        for (var node = history.First; node is not null; node = node.Next)
        {
            double weight = TensorPrimitives.Dot<double>(node.Value.Change, direction) / node.Value.Curvature;
            TensorPrimitives.MultiplyAdd<double>(node.Value.Step, weights.Pop() - weight, direction, direction);
        }

        return direction;
    }

    /// <summary>
    /// Goes along the direction until the value has fallen enough and the slope has flattened; none where rounding allows no
    /// descent.
    /// </summary>
    private static double? Search(
        SmoothFunction function,
        double[] point,
        double value,
        double[] gradient,
        double[] direction,
        double length,
        double[] next,
        double[] nextGradient)
    {
        double slope = TensorPrimitives.Dot<double>(gradient, direction);
        double low = 0;
        double high = double.PositiveInfinity;
        for (int step = 0; step < MaxLineSteps; step++)
        {
            TensorPrimitives.MultiplyAdd<double>(direction, length, point, next);
            double nextValue = function(next, nextGradient);
            if (!(nextValue <= value + (SufficientDecrease * length * slope)))
            {
                high = length;
            }
            else if (TensorPrimitives.Dot<double>(nextGradient, direction) < CurvatureDecrease * slope)
            {
                low = length;
            }
            else
            {
                return nextValue;
            }

            length = double.IsPositiveInfinity(high) ? 2 * length : (low + high) / 2;
        }

        return null;
    }
}
