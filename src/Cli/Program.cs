Console.WriteLine("SerLab");
