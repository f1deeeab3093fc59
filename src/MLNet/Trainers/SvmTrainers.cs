using SerLab.Training.Svm;

namespace SerLab.MLNet.Trainers;

/// <summary>Support vector regression with an RBF kernel as an estimator of ML.NET, see <see cref="SvrLearner"/>.</summary>
public sealed class RbfSvrTrainer : LearnerTrainer
{
    internal RbfSvrTrainer(Options options) : base(options, new SvrLearner(options.Svr), isOfRatings: true)
    {
    }

    /// <summary>Options of <see cref="RbfSvrTrainer"/>.</summary>
    public sealed record Options : TrainerOptions
    {
        /// <summary>C, epsilon, gamma and the rest; default: scikit-learn's.</summary>
        public SvrOptions Svr { get; init; } = new();
    }
}

/// <summary>Support vector classification with an RBF kernel as an estimator of ML.NET, see <see cref="SvcLearner"/>.</summary>
public sealed class RbfSvcTrainer : LearnerTrainer
{
    internal RbfSvcTrainer(Options options) : base(options, new SvcLearner(options.Svc), isOfRatings: false)
    {
    }

    /// <summary>Options of <see cref="RbfSvcTrainer"/>.</summary>
    public sealed record Options : TrainerOptions
    {
        /// <summary>C, gamma, class weights and the rest; default: scikit-learn's.</summary>
        public SvcOptions Svc { get; init; } = new();
    }
}
