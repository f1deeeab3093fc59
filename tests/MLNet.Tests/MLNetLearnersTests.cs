using SerLab.Core;
using SerLab.MLNet.Learners;
using SerLab.Training.Catalogue;
using Xunit;

namespace SerLab.MLNet.Tests;

/// <summary>ML.NET's learners in the catalogue.</summary>
public class MLNetLearnersTests
{
    private static readonly LearnerCatalogue Catalogue = MLNetLearners.Catalogue;

    public static TheoryData<string> RegressionNames => [.. MLNetLearners.Regression.Select(learner => learner.Name)];

    public static TheoryData<string> ClassificationNames => [.. MLNetLearners.Classification.Select(learner => learner.Name)];

    [Theory, MemberData(nameof(RegressionNames))]
    public void A_learner_of_ratings_is_made_by_name_and_describes_its_settings(string name)
    {
        LearnerSpecification specification = LearnerSpecification.Default(name);

        Assert.Equal(name, Catalogue.CreateRegression(specification).Name);
        Assert.Contains(Catalogue.DescribeRegression(specification), pair => pair.Key == $"{name}.learner" && pair.Value == name);
    }

    [Theory, MemberData(nameof(ClassificationNames))]
    public void A_learner_of_classes_is_made_by_name(string name) =>
        Assert.Equal(name, Catalogue.CreateClassification(LearnerSpecification.Default(name)).Name);

    [Fact]
    public void No_name_is_given_twice_and_defaults_exist()
    {
        string[] regression = [.. Catalogue.Regression.Select(learner => learner.Name)];
        string[] classification = [.. Catalogue.Classification.Select(learner => learner.Name)];

        Assert.Equal(regression.Distinct(), regression);
        Assert.Equal(classification.Distinct(), classification);
        Assert.Empty(Catalogue.DefaultRegression.Except(regression));
        Assert.Empty(Catalogue.DefaultClassification.Except(classification));
    }

    [Fact]
    public void SerLabs_own_catalogue_has_none_of_them() =>
        Assert.Throws<UnknownNameException>(() => LearnerCatalogue.BuiltIn.CreateRegression(LearnerSpecification.Default("fasttree")));

    [Fact]
    public void A_setting_out_of_range_is_refused() => Assert.Contains("fasttree.leaves", Assert.Throws<InvalidInputException>(
        () => Catalogue.CreateRegression(LearnerSpecification.Default("fasttree") with
        {
            Settings = new Dictionary<string, string> { ["leaves"] = "1" },
        })).Message, StringComparison.Ordinal);
}
