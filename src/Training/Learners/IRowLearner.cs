using SerLab.Core;

namespace SerLab.Training.Learners;

/// <summary>A learner of rows of features.</summary>
internal interface IRowLearner : ILearner
{
    /// <inheritdoc/>
    void ILearner.RequireShape(ExampleShape shape, Target target) => TrainingInput.RequireRows(shape, Name);
}
