using System.Reflection;
using Xunit;

namespace SerLab.Architecture.Tests;

/// <summary>One spelling for what every method calls alike.</summary>
public class NamingTests
{
    [Fact]
    public void A_cancellation_token_is_called_cancellationToken() => Findings.AssertNone(
        House.Names.SelectMany(name => OtherNames(Assembly.Load(name).GetTypes())), "Call these cancellationToken.");

    [Fact]
    public void Given_another_name_then_it_is_told() =>
        Assert.Equal(["Misnaming.Method(stop)"], OtherNames([typeof(Misnaming)]));

    // What the compiler makes of a lambda is named by who wrote its delegate.
    private static IEnumerable<string> OtherNames(IEnumerable<Type> types) =>
        from type in types
        where !type.Name.StartsWith('<')
        from method in type.GetMembers((BindingFlags)62).OfType<MethodBase>()
        where !method.Name.StartsWith('<')
        from parameter in method.GetParameters()
        where parameter.ParameterType == typeof(CancellationToken) && parameter.Name != "cancellationToken"
        select $"{type.Name}.{method.Name}({parameter.Name})";

    private static class Misnaming
    {
        public static void Method(CancellationToken stop) => stop.ThrowIfCancellationRequested();
    }
}
