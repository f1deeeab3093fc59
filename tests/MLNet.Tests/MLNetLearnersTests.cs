using SerLab.Core;
using SerLab.MLNet.Learners;
using SerLab.Training.Catalogue;
using SerLab.Training.Learners;
using SerLab.Training.Tests.Contract;
using Xunit;

namespace SerLab.MLNet.Tests;

/// <summary>ML.NET's learners in the catalogue.</summary>
public class MLNetLearnersTests
{
    private static readonly LearnerCatalogue Catalogue = MLNetLearners.Catalogue;

    public static TheoryData<ContractCase> Learners =>
    [
        .. from definition in MLNetLearners.All
           from target in (Target[])[ContractCase.Rating, ContractCase.Classes]
           where definition.Fits(target)
           let learner = Catalogue.Create(LearnerSpecification.Default(definition.Name), target)
           select new ContractCase(definition.Name, learner, target),
    ];

    [Theory, MemberData(nameof(Learners))]
    public void A_learner_is_made_by_name_and_describes_its_settings(ContractCase given)
    {
        LearnerSpecification specification = LearnerSpecification.Default(given.Name);

        Assert.Equal(given.Name, given.Learner.Name);
        Assert.Contains(
            Catalogue.Describe(specification, given.Target),
            pair => pair.Key == $"{given.Name}.learner" && pair.Value == given.Name);
    }

    [Fact]
    public void What_a_comparison_runs_unless_told_otherwise_can_be_made()
    {
        foreach (Target target in (Target[])[ContractCase.Rating, ContractCase.Classes])
        {
            IReadOnlyList<LearnerSpecification> defaults = Catalogue.Defaults(target);

            Assert.Equal(LearnerCatalogue.BuiltIn.Defaults(target).Count + 3, defaults.Count);
            Assert.All(defaults, specification => Assert.Equal(specification.Name, Catalogue.Create(specification, target).Name));
        }
    }

    [Fact]
    public void SerLabs_own_catalogue_has_none_of_them() => Assert.Throws<UnknownNameException>(
        () => LearnerCatalogue.BuiltIn.Create(LearnerSpecification.Default("fasttree"), ContractCase.Rating));

    [Fact]
    public void A_setting_out_of_range_is_refused() => Assert.Contains("fasttree.leaves", Assert.Throws<InvalidInputException>(
        () => Catalogue.Create(LearnerSpecification.Default("fasttree").With("leaves", "1"), ContractCase.Rating)).Message,
        StringComparison.Ordinal);
}
